"""Starts orders."""

import ninja  # bad
from django import http  # bad
from django.http import Http404  # bad
from django.shortcuts import get_object_or_404  # bad
from ninja import Schema  # bad
from starlette.requests import Request  # bad
