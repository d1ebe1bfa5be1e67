"""What one request that reads remembers, no other request knows, and no request that acts."""

from django.http import HttpRequest, HttpResponse

from styrkedja.ui.reading import ReadingMiddleware, once_a_reading

asked: list[int] = []


@once_a_reading
def doubled(number: int, *, plus: int = 0) -> int:
    asked.append(number)
    return 2 * number + plus


def answered(method: str) -> list[int]:
    """What is answered to the same question twice and to two others, in a request of that method; `asked` is what had to be looked up."""
    asked.clear()
    answers: list[int] = []

    def view(_request: HttpRequest) -> HttpResponse:
        answers.extend([doubled(1), doubled(1), doubled(2), doubled(1, plus=1)])
        return HttpResponse()

    request = HttpRequest()
    request.method = method
    ReadingMiddleware(view)(request)
    return answers


def test_the_same_question_is_asked_once_while_reading():
    assert answered("GET") == [2, 2, 4, 3]
    assert asked == [1, 2, 1]


def test_the_next_request_asks_anew():
    answered("GET")
    assert answered("HEAD") == [2, 2, 4, 3]
    assert asked == [1, 2, 1]


def test_what_acts_always_asks():
    assert answered("POST") == [2, 2, 4, 3]
    assert asked == [1, 1, 2, 1]


def test_outside_requests_nothing_is_remembered():
    asked.clear()
    assert [doubled(3), doubled(3)] == [6, 6]
    assert asked == [3, 3]
