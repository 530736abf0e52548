"""The one gateway to other machines."""

import http.client
import socket

socket.create_connection(("example.org", 443))
