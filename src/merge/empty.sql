@{remove}
where true @{and_not_deleted}
