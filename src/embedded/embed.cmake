# Writes OUTPUT, a C file that holds every file named in LIST (one path a line, sorted, relative to
# the working directory). Bytes and not string literals: C promises no string literal longer than
# 4095 characters, and a file may hold anything.
file(STRINGS ${LIST} paths)
set(code "#include \"table.h\"\n")
set(rows "")
set(count 0)
foreach(path IN LISTS paths)
    if(path MATCHES "[^A-Za-z0-9_./@-]")
        message(FATAL_ERROR "cannot embed ${path}: its name holds a character that C would escape")
    endif()
    file(SIZE ${path} size)
    file(READ ${path} bytes HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    string(REPEAT "." 80 line)
    string(REGEX REPLACE "(${line})" "\\1\n" bytes "${bytes}")
    string(APPEND code "\nstatic const unsigned char file_${count}[] = {\n${bytes}0};\n")
    string(APPEND rows "    {\"${path}\", (const char *)file_${count}, ${size}},\n")
    math(EXPR count "${count} + 1")
endforeach()
# C knows no empty array: the row of NULLs ends the table and is not counted.
string(APPEND code "\nconst struct embedded embedded_table[] = {\n${rows}    {0, 0, 0},\n};\n")
string(APPEND code "const size_t embedded_count = ${count};\n")
file(WRITE ${OUTPUT} "${code}")
