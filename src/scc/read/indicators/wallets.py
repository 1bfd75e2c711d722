# SPDX-License-Identifier: Apache-2.0
"""Checksums of wallet addresses: Bitcoin (Base58Check, BIP 173, BIP 350), Ethereum (EIP-55), Monero (CryptoNote).

Looks at one address whose shape already fits; finds none in a text. Keccak is the one before FIPS 202, which
`hashlib` has not: its padding differs from that of SHA-3.
"""

from __future__ import annotations

import hashlib
from typing import Final

_B58: Final = {
    mark: number for number, mark in enumerate("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")
}
_B32: Final = {mark: number for number, mark in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}


def is_bitcoin(value: str) -> bool:
    """Whether the checksum of a Bitcoin address holds (Base58Check, or Bech32/Bech32m of BIP 173 and 350)."""
    if value.startswith("bc1"):
        data = (
            [ord(mark) >> 5 for mark in "bc"]
            + [0]
            + [ord(mark) & 31 for mark in "bc"]
            + [_B32.get(mark, 0) for mark in value[3:]]
        )
        check = 1
        for each in data:
            top = check >> 25
            check = (check & 0x1FFFFFF) << 5 ^ each
            for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
                if top >> bit & 1:
                    check ^= generator
        return check in (1, 0x2BC830A3)
    number = 0
    for mark in value:
        number = number * 58 + _B58[mark]
    try:
        raw = number.to_bytes(25, "big")
    except OverflowError:
        return False
    return hashlib.sha256(hashlib.sha256(raw[:21]).digest()).digest()[:4] == raw[21:]


def is_ethereum(value: str) -> bool:
    """Whether "0x" and 40 hexadecimal digits can be an address: in one case, or with the capitals of EIP-55."""
    digits = value[2:]
    if digits in (digits.lower(), digits.upper()):
        return True
    told = _keccak(digits.lower().encode()).hex()
    return all(
        not mark.isalpha() or mark.isupper() == (int(nibble, 16) > 7)
        for mark, nibble in zip(digits, told, strict=False)
    )


def is_monero(value: str) -> bool:
    """Whether the last four bytes of a Monero address of 95 characters are the checksum of those before."""
    raw = b""
    for at in range(0, len(value), 11):
        block = value[at : at + 11]
        size = {11: 8, 7: 5}.get(len(block), 0)
        number = 0
        for mark in block:
            number = number * 58 + _B58.get(mark, 0)
        if not size or number >> (8 * size):
            return False
        raw += number.to_bytes(size, "big")
    return _keccak(raw[:-4])[:4] == raw[-4:]


_WORD: Final = (1 << 64) - 1
_ROTATIONS: Final = (
    (0, 36, 3, 41, 18), (1, 44, 10, 45, 2), (62, 6, 43, 15, 61), (28, 55, 25, 21, 56), (27, 20, 39, 8, 14)
)  # fmt: skip


def _constants() -> list[int]:
    """The 24 round constants, from the shift register of the specification."""
    found, register = [], 1
    for _ in range(24):
        constant = 0
        for bit in range(7):
            if register & 1:
                constant |= 1 << ((1 << bit) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        found.append(constant)
    return found


_ROUNDS: Final = _constants()


def _turned(word: int, by: int) -> int:
    return ((word << by) | (word >> (64 - by))) & _WORD if by else word


def _keccak(data: bytes) -> bytes:
    """Keccak-256 as of 2008, 32 bytes."""
    rate = 136
    padded = bytearray(data) + b"\x01" + bytes(rate - 1 - len(data) % rate)
    padded[-1] |= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for at in range(0, len(padded), rate):
        for number in range(rate // 8):
            lanes[number % 5][number // 5] ^= int.from_bytes(
                padded[at + 8 * number : at + 8 * number + 8], "little"
            )
        for constant in _ROUNDS:
            parity = [row[0] ^ row[1] ^ row[2] ^ row[3] ^ row[4] for row in lanes]
            mixed = [parity[x - 1] ^ _turned(parity[(x + 1) % 5], 1) for x in range(5)]
            moved = [[0] * 5 for _ in range(5)]
            for x in range(5):
                for y in range(5):
                    moved[y][(2 * x + 3 * y) % 5] = _turned(lanes[x][y] ^ mixed[x], _ROTATIONS[x][y])
            for x in range(5):
                for y in range(5):
                    lanes[x][y] = moved[x][y] ^ (~moved[(x + 1) % 5][y] & moved[(x + 2) % 5][y] & _WORD)
            lanes[0][0] ^= constant
    return b"".join(lanes[number % 5][number // 5].to_bytes(8, "little") for number in range(4))
