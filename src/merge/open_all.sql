select * from @{history} where dsc_until is null
