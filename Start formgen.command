#!/bin/sh
# For a Mac: what a double click starts. The rest is the same as on Linux.
exec sh "$(dirname "$0")/start-formgen.sh"
