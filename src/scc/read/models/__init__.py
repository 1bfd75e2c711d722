# SPDX-License-Identifier: Apache-2.0
"""Trained models as files: linear, a small network, trees; what they predict of a flaw."""
