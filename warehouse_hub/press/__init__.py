"""Publications as such: frozen wording, numbers, manifests, tables, documents, folders. Knows nothing of warehouses."""
