# SPDX-License-Identifier: Apache-2.0
"""Story and Assessment to ActionPlan. Pure."""
