"""Reads orders."""

import psycopg  # bad
from django.db import connection, migrations
from django.db.models.expressions import RawSQL as Sql

from trunnion.work.models import Order


def list_orders():
    with connection.cursor() as cursor:  # bad
        cursor.execute("SELECT 1")
    Order.objects.raw("SELECT 1")  # bad
    Order.objects.extra(where=["1"])  # bad
    Order.objects.annotate(one=Sql("1", []))  # bad
    return migrations.RunSQL("SELECT 1")  # bad
