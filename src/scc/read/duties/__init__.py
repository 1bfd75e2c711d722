# SPDX-License-Identifier: Apache-2.0
"""Who must do what by when; the dates of a text."""
