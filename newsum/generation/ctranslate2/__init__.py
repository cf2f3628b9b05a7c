"""Runs checkpoints on CTranslate2: conversion, loading, writing with 8-bit weights."""
