"""What the program's log says of a request that was refused: one line, so that a real fault is seen."""

import logging

_REFUSED = range(400, 500)


class RefusalsInOneLine(logging.Filter):
    """Makes of Django's record of a refused request a line without traceback: status, method, address, account and reason.

    Faults keep their traceback: they have status 500 or more, or none.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request, status = getattr(record, "request", None), getattr(record, "status_code", None)
        if request is None or status not in _REFUSED:
            return True
        reason = record.exc_info[1] if record.exc_info else None
        # Asked for only if somebody has: the log never reads the database.
        account = getattr(getattr(request, "_cached_user", None), "pk", None)
        who = f"konto {account}" if account else "ej inloggad"
        told = f"{status} {request.method} {request.path} ({who})" + (f": {reason}" if str(reason or "") else "")
        record.msg, record.args = _in_one_line(told), ()
        record.exc_info = record.exc_text = None
        return True


def _in_one_line(text: str) -> str:
    """An address can hold line breaks, which could look like lines of the log's own."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
