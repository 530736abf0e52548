"""Building models as IFC files: everything but their geometry."""
