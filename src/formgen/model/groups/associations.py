"""The settings that say whom the program is for: the local, and the bodies above it."""

from __future__ import annotations

from formgen.model.groups.group import Group
from formgen.model.groups.lists import People
from formgen.model.phrases.kinds import OptionalLabel, OptionalOrganization, Organization
from formgen.model.phrases.organizations import Article
from formgen.model.values import Link, Text, Texts


class Local(Group):
    """The association for which documents are made."""

    name: Organization
    short_name: OptionalOrganization
    article: Article
    number: Text
    district: OptionalOrganization
    president: OptionalLabel
    officers: People
    address: Texts
    website: Link


class Affiliate(Group):
    """A body that the local belongs to."""

    name: OptionalOrganization
    short_name: OptionalOrganization


class Affiliates(Group):
    """The state and the national body."""

    state: Affiliate
    national: Affiliate
