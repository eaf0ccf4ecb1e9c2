"""The only Django app of the house."""

from django.apps import AppConfig


class Store(AppConfig):
    """Tables of the association and of its sessions."""

    name = "fabrique.store"
    label = "store"
    default = True
