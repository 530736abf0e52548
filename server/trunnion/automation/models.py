"""The room's tables; they stand in the smaller rooms inside."""

from .notices.models import Notice, NoticeChoice, NoticeMute, NoticeSource

__all__ = ["Notice", "NoticeChoice", "NoticeMute", "NoticeSource"]
