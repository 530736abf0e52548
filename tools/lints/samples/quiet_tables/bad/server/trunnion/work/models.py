"""Orders."""

from trunnion.kernel.tables import Row


class Order(Row):
    def save(self, *args):  # bad
        super().save(*args)

    def delete(self):  # bad
        pass
