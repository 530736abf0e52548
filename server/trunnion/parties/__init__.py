"""The parties room: customers, suppliers, manufacturers and contractors, with their contacts and sites."""
