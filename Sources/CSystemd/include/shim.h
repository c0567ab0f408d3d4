// What Swift imports from libsystemd, and the two Linux headers that its Glibc module leaves out.
#pragma once

#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
