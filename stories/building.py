"""What the clicked story brings along: a small building as a workbook, photos of a fault and of its repair."""

import math
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from trunnion.integrations.cobie import writer

MADE = {"CreatedBy": "facility@harbour.example", "CreatedOn": "2026-03-02T08:00:00"}
NAMES = {
    "en": {
        "site": "Harbour Hospital", "facility": "Main building", "floors": ("Basement", "First floor"),
        "rooms": ("Pump room", "Plant room", "Ward 12"), "company": "Nordsee Pumps",
        "types": ("Circulation pump 4 kW", "Air handling unit 12 000"), "system": "Heating water",
        "parts": ("Heating pump P-101", "Heating pump P-102", "Air handling unit AHU-03"),
    },
    "zh-CN": {
        "site": "滨海医院", "facility": "主楼", "floors": ("地下一层", "一层"),
        "rooms": ("水泵房", "空调机房", "十二病区"), "company": "北海泵业",
        "types": ("循环泵 4 kW", "空调机组 12000"), "system": "供热水系统",
        "parts": ("供热循环泵 P-101", "供热循环泵 P-102", "空调机组 AHU-03"),
    },
}  # fmt: skip


def write_workbook(path: Path, language: str) -> str:  # allow(function-length): a table of rows
    """A building with three machines and one bad row; answers the name of the machine that the story is about."""
    n: dict[str, Any] = NAMES[language]
    floors, rooms, types, parts = n["floors"], n["rooms"], n["types"], n["parts"]
    warranty = {
        "WarrantyGuarantorParts": n["company"], "WarrantyDurationParts": 3, "WarrantyGuarantorLabor": n["company"],
        "WarrantyDurationLabor": 2, "WarrantyDurationUnit": "year",
    }  # fmt: skip
    of_pump = {"SheetName": "Component", "RowName": parts[0], "Category": "Design"}
    sheets = {
        "Contact": [
            {**MADE, "Email": MADE["CreatedBy"], "Category": "FM", "Company": n["company"], "Phone": "+86 532 8300"}
        ],
        "Facility": [
            {
                **MADE, "Name": n["facility"], "Category": "Hospital", "ProjectName": n["facility"],
                "SiteName": n["site"], "LinearUnits": "meters", "AreaUnits": "squaremeters",
                "VolumeUnits": "cubicmeters", "CurrencyUnit": "Euros", "AreaMeasurement": "net",
            }
        ],
        "Floor": [{**MADE, "Name": name, "Category": "Floor", "Elevation": i * 4 - 4} for i, name in enumerate(floors)],
        "Space": [
            {**MADE, "Name": name, "Category": "Room", "FloorName": floors[0 if i < 2 else 1], "Description": name}
            for i, name in enumerate(rooms)
        ],
        "Type": [
            {**MADE, **warranty, "Name": name, "Category": "Equipment", "Description": name, "AssetType": "Fixed",
             "Manufacturer": MADE["CreatedBy"], "ModelNumber": number}
            for name, number in zip(types, ("UPE 80-120", "KG 400"), strict=True)
        ],
        "Component": [
            {**MADE, "Name": name, "TypeName": types[i // 2], "Space": rooms[i // 2], "Description": name,
             "SerialNumber": f"N-22{i}7", "InstallationDate": "2025-09-01", "TagNumber": name.split()[-1]}
            for i, name in enumerate(parts)
        ] + [{**MADE, "Name": "X-1", "TypeName": "?", "Space": rooms[0], "Description": "X"}],
        "System": [{**MADE, "Name": n["system"], "Category": "Heating", "ComponentNames": f"{parts[0]}, {parts[1]}"}],
        "Attribute": [
            {**MADE, **of_pump, "Name": "FlowRate", "Value": 36, "Unit": "m3/h", "Description": "Flow"},
            {**MADE, **of_pump, "Name": "Head", "Value": 12, "Unit": "meters", "Description": "Head"},
        ],
    }  # fmt: skip
    writer.write(path, sheets.items())
    return str(parts[0])


def paint(path: Path, *, is_mended: bool) -> Path:
    """A picture that passes for a photo: a pump with its gauge, in the red or in the green."""
    image = Image.new("RGB", (1200, 900), "#8d979c")
    pen = ImageDraw.Draw(image)
    for y in range(900):
        pen.line([(0, y), (1200, y)], fill=(120 + y // 18, 132 + y // 20, 140 + y // 22))
    pen.rectangle([0, 700, 1200, 900], fill="#5b5f60")
    pen.rounded_rectangle([180, 420, 760, 720], 60, fill="#1d5d7a")
    for x in range(220, 740, 40):
        pen.line([(x, 440), (x, 700)], fill="#174b63", width=10)
    pen.rounded_rectangle([720, 470, 960, 680], 30, fill="#3a4a52")
    pen.rectangle([820, 180, 880, 480], fill="#6e7a80")
    pen.ellipse([690, 60, 1010, 380], fill="#f4f4f0", outline="#2b3236", width=18)
    pen.arc([740, 110, 960, 330], 150, 300, fill="#2e8b57", width=22)
    pen.arc([740, 110, 960, 330], 300, 390, fill="#b3261e", width=22)
    turn = math.radians(235 if is_mended else 375)
    pen.line([(850, 220), (850 + 95 * math.cos(turn), 220 + 95 * math.sin(turn))], fill="#222", width=12)
    if not is_mended:
        pen.ellipse([420, 740, 860, 840], fill="#35424a")
    image.save(path, "JPEG", quality=82)
    return path
