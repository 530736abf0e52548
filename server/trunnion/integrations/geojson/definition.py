"""The OpenAPI 3.0 document of the feature routes, as OGC API - Features asks for it."""

from typing import Any

Schema = dict[str, Any]
_REF = "#/components"
_LINK: Schema = {
    "type": "object", "required": ["href"],
    "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title", "hreflang")},
}  # fmt: skip
_LINKS: Schema = {"type": "array", "items": {"$ref": f"{_REF}/schemas/link"}}
_FEATURE: Schema = {
    "type": "object", "required": ["type", "geometry", "properties"],
    "properties": {
        "type": {"type": "string", "enum": ["Feature"]}, "id": {"type": "string", "format": "uuid"},
        "geometry": {"type": "object", "nullable": True}, "properties": {"type": "object", "nullable": True},
        "links": _LINKS,
    },
}  # fmt: skip
_FEATURES: Schema = {
    "type": "object", "required": ["type", "features"],
    "properties": {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "features": {"type": "array", "items": {"$ref": f"{_REF}/schemas/feature"}}, "links": _LINKS,
        "timeStamp": {"type": "string", "format": "date-time"}, "numberReturned": {"type": "integer", "minimum": 0},
    },
}  # fmt: skip
_BBOX: Schema = {
    "type": "array", "oneOf": [{"minItems": n, "maxItems": n} for n in (4, 6)], "items": {"type": "number"},
}  # fmt: skip


def document(address: str, names: tuple[str, ...]) -> Schema:
    """The document for a server at this address with these collections."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Trunnion features", "version": "1"},
        "servers": [{"url": address}],
        "paths": _paths(names),
        "components": {
            "schemas": {"link": _LINK, "feature": _FEATURE, "features": _FEATURES},
            "parameters": {
                "bbox": _parameter("bbox", _BBOX, explode=False, style="form"),
                "datetime": _parameter("datetime", {"type": "string"}),
                "limit": _parameter(
                    "limit", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}
                ),
                "cursor": _parameter("cursor", {"type": "string"}),
            },
        },
    }


def _parameter(name: str, schema: Schema, **more: Any) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema, **more}


def _paths(names: tuple[str, ...]) -> Schema:
    collection = {
        "name": "collection", "in": "path", "required": True, "schema": {"type": "string", "enum": list(names)},
    }  # fmt: skip
    feature = {"name": "feature", "in": "path", "required": True, "schema": {"type": "string"}}
    asked = [{"$ref": f"{_REF}/parameters/{name}"} for name in ("bbox", "datetime", "limit", "cursor")]
    plain = {"type": "object"}
    return {
        "/": _get("landing", [], plain), "/conformance": _get("conformance", [], plain),
        "/collections": _get("collections", [], plain),
        "/collections/{collection}": _get("collection", [collection], plain),
        "/collections/{collection}/items": _get(
            "items", [collection, *asked], {"$ref": f"{_REF}/schemas/features"}, "application/geo+json"
        ),
        "/collections/{collection}/items/{feature}": _get(
            "item", [collection, feature], {"$ref": f"{_REF}/schemas/feature"}, "application/geo+json"
        ),
    }  # fmt: skip


def _get(name: str, parameters: list[Schema], schema: Schema, media: str = "application/json") -> Schema:
    good = {"description": "OK", "content": {media: {"schema": schema}}}
    bad = {"description": "Problem", "content": {"application/problem+json": {"schema": {"type": "object"}}}}
    return {
        "get": {"operationId": name, "parameters": parameters, "responses": {"200": good, "default": bad}},
    }  # fmt: skip
