# SPDX-License-Identifier: Apache-2.0
"""Everything to a Briefing, and the linter. Pure."""
