"""Routes of service: the desk's and the guests'."""

from trunnion.kernel.web.routes import Room

from . import desk, guests, photos

room = Room("service")
desk.mount(room)
guests.mount(room)
photos.mount(room)
