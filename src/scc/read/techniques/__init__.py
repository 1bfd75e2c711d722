# SPDX-License-Identifier: Apache-2.0
"""ATT&CK techniques that a text states, and those that its sentences show."""
