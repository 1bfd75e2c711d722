# SPDX-License-Identifier: Apache-2.0
"""Who and what is named: actors, malware, tools, victims, sectors, places."""
