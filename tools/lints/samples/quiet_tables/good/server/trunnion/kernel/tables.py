"""Tables."""

from django.db.models.signals import pre_save


class Row:
    def save(self):
        return pre_save
