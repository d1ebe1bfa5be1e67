"""Reading a page as a reader does."""

import re

from django.test import Client

from styrkedja.accounts.models import User


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(html: str) -> str:
    """What the page's main part says, without tags."""
    main = html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\u00ad", "").split())


def links_of(html: str) -> dict[str, str]:
    """The address of each link of the main part, by its text."""
    main = html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    found = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', main, re.DOTALL)
    return {" ".join(re.sub(r"<[^>]+>", "", text).split()): address.replace("&amp;", "&") for address, text in found}


def opened(html: str) -> dict[str, bool]:
    """Each heading of the tree (without its count), and whether it stands open; the last of those that are alike."""
    found = re.findall(r'<details class="org-group"( open)?>\s*<summary>([^<]*)', html)
    return {heading.strip(): bool(is_open) for is_open, heading in found}
