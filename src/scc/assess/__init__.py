# SPDX-License-Identifier: Apache-2.0
"""Story to Assessment. Pure."""
