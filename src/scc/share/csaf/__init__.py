# SPDX-License-Identifier: Apache-2.0
"""The Common Security Advisory Framework: writers of versions 2.0 and 2.1, and a checker of 2.0.

Nothing is imported here: a writer is loaded when its format is asked for.
"""
