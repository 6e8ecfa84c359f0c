"""What looks across subjects: the bundled data, the check of database against index, the parts of a process."""
