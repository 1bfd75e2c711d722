# SPDX-License-Identifier: Apache-2.0
"""Raw to Documents to Observations. Pure: no network, clock, database or randomness."""
