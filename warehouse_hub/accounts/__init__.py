"""People, their roles, the permission table, sign-in and the audit trail."""
