/* cmd: the commands of the program, from one table (src/cmd/cmd.c). */
#ifndef DSC_CMD_H
#define DSC_CMD_H

/* Runs the command that the arguments name and returns the exit code that cli.md documents:
 * 0 fine, 1 findings, 3 the environment failed, 64 wrong usage. */
int cmd_main(int argc, char **argv);

#endif
