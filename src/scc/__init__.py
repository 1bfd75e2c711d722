# SPDX-License-Identifier: Apache-2.0
"""Security Command Center: security news, advisories and vulnerability data in, briefings out."""

from __future__ import annotations

__version__ = "0.1.0"
