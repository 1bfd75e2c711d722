# SPDX-License-Identifier: Apache-2.0
"""Bytes of any format to Documents: recognising, cutting, main text, dates, publisher."""
