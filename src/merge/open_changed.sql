select open.*
    from (select distinct @{key} from changed) as staged, lateral (
        select * from @{history} as kept
        where @{live_match} and kept.dsc_until is null
        offset 0
    ) as open
