"""Run: plan jobs, hand them to workers, publish what they made."""
