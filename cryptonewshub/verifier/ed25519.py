"""Ed25519 signatures, verified after RFC 8032, section 5.1.7, with whole numbers and nothing else.

Only verification: nothing here is secret, so nothing needs constant time. Encodings are read strictly: a point or a
number that is not reduced is refused, as are keys of small order.
"""

from __future__ import annotations

from hashlib import sha512

Point = tuple[int, int, int, int]  # extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, x*y = T/Z

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
_ZERO: Point = (0, 1, 1, 0)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature, 64 bytes, is that of the public key, 32 bytes, over the message."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = _point(public), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= _ORDER or _is_of_small_order(key):
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % _ORDER
    # [S]B = R + [k]A, as [S]B + [k](-A) = R: one walk over the bits of both numbers.
    return _same(_two_products(scalar, _BASE, challenge, _negative(key)), commitment)


def _point(data: bytes) -> Point | None:
    """The point that 32 bytes encode: its y, and in the highest bit the sign of its x."""
    number = int.from_bytes(data, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    x = _x_of(y, sign) if y < _P else None
    return None if x is None else (x, y, 1, x * y % _P)


def _x_of(y: int, sign: int) -> int | None:
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = u * pow(v, 3, _P) * pow(u * pow(v, 7, _P), (_P - 5) // 8, _P) % _P
    if v * x * x % _P != u:
        x = x * _ROOT % _P
    if v * x * x % _P != u or (x == 0 and sign):
        return None
    return x if x & 1 == sign else _P - x


def _add(one: Point, two: Point) -> Point:
    a = (one[1] - one[0]) * (two[1] - two[0]) % _P
    b = (one[1] + one[0]) * (two[1] + two[0]) % _P
    c = 2 * one[3] * two[3] * _D % _P
    d = 2 * one[2] * two[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _double(one: Point) -> Point:
    x, y, z, _ = one
    a, b = x * x % _P, y * y % _P
    h = a + b
    e = (h - (x + y) * (x + y)) % _P
    g = a - b
    f = (2 * z * z + g) % _P
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _negative(one: Point) -> Point:
    return -one[0] % _P, one[1], one[2], -one[3] % _P


def _two_products(first: int, one: Point, second: int, two: Point) -> Point:
    """[first]one + [second]two, two bits of each at a time."""
    table = _table(one, two)
    result = _ZERO
    for shift in range(252, -2, -2):
        result = _double(_double(result))
        entry = (first >> shift & 3) << 2 | (second >> shift & 3)
        if entry:
            result = _add(result, table[entry])
    return result


def _table(one: Point, two: Point) -> list[Point]:
    """i times one and j times two, at place 4i + j."""
    multiples = [[_ZERO, point, _double(point), _add(_double(point), point)] for point in (one, two)]
    return [_add(left, right) for left in multiples[0] for right in multiples[1]]


def _same(one: Point, two: Point) -> bool:
    return (one[0] * two[2] - two[0] * one[2]) % _P == 0 and (one[1] * two[2] - two[1] * one[2]) % _P == 0


def _is_of_small_order(one: Point) -> bool:
    return _same(_double(_double(_double(one))), _ZERO)


def _base() -> Point:
    y = 4 * pow(5, _P - 2, _P) % _P
    x = _x_of(y, 0)
    assert x is not None
    return x, y, 1, x * y % _P


_BASE = _base()
