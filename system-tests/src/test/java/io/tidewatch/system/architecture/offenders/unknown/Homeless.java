package io.tidewatch.system.architecture.offenders.unknown;

/** Stands for a class of a module that has no layer. */
public final class Homeless {}
