"""The settings that say whom the program is for: the local, and the bodies above it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from formgen.model.phrases.kinds import OptionalLabel, OptionalOrganization, Organization
from formgen.model.phrases.organizations import Article
from formgen.model.values import Link, Text, Texts


class Group(BaseModel):
    """A group of settings: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"group": True})


class Local(Group):
    """The association for which documents are made."""

    name: Organization
    short_name: OptionalOrganization
    article: Article
    number: Text
    district: OptionalOrganization
    president: OptionalLabel
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
