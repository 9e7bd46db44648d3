/*
 * Functions of libc that this project does without, refused at compile time.
 *
 * The build includes this file before every source file (meson.build), so a use
 * of one of them is an error that names it. The headers that declare them come
 * first: their declarations have to be over before the names become macros.
 */
#ifndef FU_CORE_BANNED_H
#define FU_CORE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __GLIBC__
#include <alloca.h>
#endif

#define BANNED(function) the_function_##function##_is_banned

/* They do not know how long the buffer is, or leave it without a NUL: core/str.h. */
#undef strcpy
#define strcpy(to, from) BANNED(strcpy)
#undef strcat
#define strcat(to, from) BANNED(strcat)
#undef strncpy
#define strncpy(to, from, n) BANNED(strncpy)
#undef strncat
#define strncat(to, from, n) BANNED(strncat)
#undef stpcpy
#define stpcpy(to, from) BANNED(stpcpy)
#undef sprintf
#define sprintf(...) BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf)
#undef gets
#define gets(line) BANNED(gets)
#undef alloca
#define alloca(size) BANNED(alloca)

/* They hide a state, and depend on the process's zone: core/civil.h, core/zone.h. */
#undef strtok
#define strtok(text, separators) BANNED(strtok)
#undef gmtime
#define gmtime(t) BANNED(gmtime)
#undef localtime
#define localtime(t) BANNED(localtime)
#undef mktime
#define mktime(t) BANNED(mktime)
#undef ctime
#define ctime(t) BANNED(ctime)
#undef ctime_r
#define ctime_r(t, buf) BANNED(ctime_r)
#undef asctime
#define asctime(t) BANNED(asctime)
#undef asctime_r
#define asctime_r(t, buf) BANNED(asctime_r)

/* They do not tell a number from what is none: strtol, and look at the end. */
#undef atoi
#define atoi(text) BANNED(atoi)
#undef atol
#define atol(text) BANNED(atol)
#undef atoll
#define atoll(text) BANNED(atoll)
#undef atof
#define atof(text) BANNED(atof)
#undef scanf
#define scanf(...) BANNED(scanf)
#undef fscanf
#define fscanf(...) BANNED(fscanf)

/* Names that somebody else can take first: mkstemp. */
#undef tmpnam
#define tmpnam(name) BANNED(tmpnam)
#undef tempnam
#define tempnam(dir, prefix) BANNED(tempnam)
#undef mktemp
#define mktemp(pattern) BANNED(mktemp)

/* A shell between us and a program: fork and exec with an argument list. */
#undef system
#define system(command) BANNED(system)
#undef popen
#define popen(command, mode) BANNED(popen)

#endif
