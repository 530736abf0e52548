"""Reads people."""

from trunnion.identity.models import User


def find_user(email):
    return User.objects.filter(email=email).first()
