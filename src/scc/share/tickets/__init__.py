# SPDX-License-Identifier: Apache-2.0
"""An item as a ticket with a checklist, for GitHub, GitLab, Jira and ServiceNow; one module a system.

Each writes one JSON document: `requests`, a list of {method, path, body} to be sent in that order, and
`placeholders`, what stands in braces in a path or body and has to be filled in. Nothing is sent from here.
"""
