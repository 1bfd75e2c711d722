# SPDX-License-Identifier: Apache-2.0
"""Indicators of compromise: their shapes, what each means in its text, accounts and packages."""
