# SPDX-License-Identifier: Apache-2.0
"""Documents to Stories. Pure."""
