# SPDX-License-Identifier: Apache-2.0
"""Tasks, gaps, reviews."""
