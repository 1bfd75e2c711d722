# SPDX-License-Identifier: Apache-2.0
"""Briefing to formats for people."""
