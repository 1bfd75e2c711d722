# SPDX-License-Identifier: Apache-2.0
"""What is claimed, by whom, how surely: exploitation, fixes, ransoms, numbers, days, attribution."""
