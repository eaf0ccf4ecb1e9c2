"""Finite rings as tables: fields of prime-power order, and products of them for any number."""

from __future__ import annotations

from functools import cache

import numpy as np
from msgspec import Struct

from fabrique.solvers._chance import Ints


class Ring(Struct, frozen=True):
    """Addition and multiplication, shapes (order, order); 0 is zero.

    `fields` are the orders of the fields whose product it is.
    """

    add: Ints
    times: Ints
    fields: tuple[int, ...]


def prime_powers(number: int) -> list[tuple[int, int]]:
    """Give the primes of `number` with their exponents."""
    found, prime = [], 2
    while number > 1:
        exponent = 0
        while number % prime == 0:
            number, exponent = number // prime, exponent + 1
        if exponent:
            found.append((prime, exponent))
        prime = prime + 1 if prime * prime <= number else max(number, prime + 1)
    return found


@cache
def ring(order: int) -> Ring:
    """Give the product of the fields whose orders are the prime powers of `order`."""
    parts = [field(prime, exponent) for prime, exponent in prime_powers(order)]
    add, times = np.zeros((1, 1), np.int64), np.zeros((1, 1), np.int64)
    for one in parts:
        add, times = _product(add, one.add), _product(times, one.times)
    return Ring(add, times, tuple(len(one.add) for one in parts))


def _product(left: Ints, right: Ints) -> Ints:
    """Give the table of pairs (a, b), written a·n + b for n the order of `right`."""
    n, m = len(right), len(left) * len(right)
    index = np.arange(m)
    first, second = index // n, index % n
    return left[np.ix_(first, first)] * n + right[np.ix_(second, second)]


def field(prime: int, exponent: int) -> Ring:
    """Give the field of `prime` ** `exponent`: polynomials modulo the first irreducible one.

    A polynomial is written as a number, its coefficients as digits in base `prime`.
    """
    order = prime**exponent
    digits = np.array([_digits(one, prime, exponent) for one in range(order)])
    powers = prime ** np.arange(exponent)
    add = ((digits[:, None, :] + digits[None, :, :]) % prime) @ powers
    modulus = _irreducible(prime, exponent)
    shifted = [digits]
    for _ in range(1, exponent):
        shifted.append(_times_x(shifted[-1], modulus, prime))
    stack = np.stack(shifted, axis=1)  # [b, i, :] = b·xⁱ
    times = (np.einsum("ai,bij->abj", digits, stack) % prime) @ powers
    return Ring(add.astype(np.int64), times.astype(np.int64), (order,))


def _digits(number: int, base: int, length: int) -> list[int]:
    return [number // base**place % base for place in range(length)]


def _times_x(polynomials: Ints, modulus: tuple[int, ...], prime: int) -> Ints:
    top = polynomials[:, -1:]
    moved = np.roll(polynomials, 1, axis=1)
    moved[:, 0] = 0
    reduced: Ints = (moved - top * np.array(modulus)) % prime
    return reduced


def _irreducible(prime: int, exponent: int) -> tuple[int, ...]:
    """Give the low coefficients of the first monic polynomial without a proper divisor."""
    degrees = range(1, exponent // 2 + 1)
    smaller = [(*_digits(n, prime, d), 1) for d in degrees for n in range(prime**d)]
    for number in range(prime**exponent):
        low = tuple(_digits(number, prime, exponent))
        if not any(_divides(one, (*low, 1), prime) for one in smaller):
            return low
    raise AssertionError("every field has an irreducible polynomial")


def _divides(divisor: tuple[int, ...], number: tuple[int, ...], prime: int) -> bool:
    rest = list(number)
    while len(rest) >= len(divisor):
        top = rest[-1]
        for place, digit in enumerate(divisor):
            rest[len(rest) - len(divisor) + place] -= top * digit
        rest = [one % prime for one in rest[:-1]]
    return not any(rest)
