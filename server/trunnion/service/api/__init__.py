"""Routes of service: the desk's and the guests'."""

from trunnion.kernel.web.routes import Room

from . import desk, guests, own, papers, photos, uploads

room = Room("service")
desk.mount(room)
guests.mount(room)
photos.mount(room)
uploads.mount(room)
papers.mount(room)
own.mount(room)
