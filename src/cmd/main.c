#include "dsc/base.h"
#include "dsc/cmd.h"

int main(int argc, char **argv)
{
    signals_install();
    return cmd_main(argc, argv);
}
