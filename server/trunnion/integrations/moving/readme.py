"""The text inside of an export that tells a person, in both languages, what it holds and how to read it."""

_TEXT = """\
{name}
======

This ZIP file is everything that this organisation owns in Trunnion. It is made of open formats only.

  manifest.json        what is here: versions, counts, and for each part its size and SHA-256
  tables/*.jsonl       one file a table, one JSON object a line, fields by name
  journal/*.jsonl      every change that was ever made: entries, what they held, row differences, the chain's head
  journal/numbers.json the last number given out in each series (work orders, assets ...)
  files/index.jsonl    the stored files: name, SHA-256, size
  files/ab/<sha256>    their contents, each under its own SHA-256 (.webp: its small picture)
  lists/*.csv          where asked for: each list as people see it

Ids are UUIDs, instants ISO 8601 in UTC, days YYYY-MM-DD, exact decimals are strings, text is UTF-8.
A field that ends in _id holds the id of a row of another table. In attach.file.jsonl, sha256 names the content.
The ZIP file's comment is the SHA-256 of everything before it.
Open sign-ins and API tokens are not here; passwords' hashes only where manifest.json says "with_sign_ins": true.

To bring it into another installation: trunnion import organisation FILE.zip
The format in full: docs/operate/export-format.md


本 ZIP 文件包含该组织在 Trunnion 中的全部数据，全部采用开放格式。

  manifest.json        清单：版本、行数，以及每个部分的大小和 SHA-256
  tables/*.jsonl       每张表一个文件，每行一个 JSON 对象，字段按名称书写
  journal/*.jsonl      全部操作日志：条目、内容、逐行差异、哈希链末端
  journal/numbers.json 各编号序列（工单、设备等）已发放的最后一个号
  files/index.jsonl    附件索引：名称、SHA-256、大小
  files/ab/<sha256>    附件内容，以自身的 SHA-256 命名（.webp 为缩略图）
  lists/*.csv          按需附带：与界面一致的各个列表

标识为 UUID；时刻为 UTC 的 ISO 8601；日期为 YYYY-MM-DD；精确小数以字符串书写；文本为 UTF-8。
以 _id 结尾的字段存放另一张表中某行的标识。attach.file.jsonl 中的 sha256 指向附件内容。
ZIP 文件的注释是其之前全部字节的 SHA-256。
不含密码、登录会话和 API 令牌；仅当 manifest.json 中 "with_sign_ins" 为 true 时含密码哈希。

导入到另一套系统：trunnion import organisation FILE.zip
完整格式说明：docs/operate/export-format.md
"""


def text(name: str) -> str:
    """The text for an organisation of this name."""
    return _TEXT.replace("{name}", name, 1)
