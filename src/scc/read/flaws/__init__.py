# SPDX-License-Identifier: Apache-2.0
"""What a text says of flaws and products in names and numbers: ids, scores, weaknesses, versions."""
