/* Start-up for QEMU's mps2 boards: vectors, a clock that counts instructions, the end by semihosting. */
#include <stdint.h>

extern uint32_t stack_top, data_load, data_start, data_end, bss_start, bss_end;
int main(void);
void reset(void);
void fault(void);
void tick(void);

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    &stack_top, (const void *)reset, (const void *)fault, (const void *)fault, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (const void *)tick,
};

static volatile uint32_t overflows;

void tick(void) { overflows++; }

static void semihost(uint32_t operation, const void *argument)
{
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

void quit(uint32_t code)
{
    const uint32_t block[2] = {0x20026, code};
    semihost(0x20, block);
    for (;;) { }
}

void print(const char *text) { semihost(0x04, text); }

void print_number(uint32_t value)
{
    char digits[12], *p = digits + 11;
    *p = 0;
    do { *--p = (char)('0' + value % 10); value /= 10; } while (value != 0);
    print(p);
}

void fault(void) { quit(200); }

/* SysTick of virtual time under -icount shift=0, a nanosecond for an instruction: at 25 MHz a tick is 40 instructions, at 32 MHz 31.25. */
#ifdef __ARM_FEATURE_MVE
#define INSTRUCTIONS(ticks) ((uint32_t)((uint64_t)(ticks) * 125u / 4u))
#else
#define INSTRUCTIONS(ticks) ((ticks) * 40u)
#endif
#define CSR (*(volatile uint32_t *)0xE000E010)
#define RVR (*(volatile uint32_t *)0xE000E014)
#define CVR (*(volatile uint32_t *)0xE000E018)

void clock_start(void)
{
    RVR = 0xFFFFFF;
    CVR = 0;
    CSR = 7;
    while (CVR == 0) { }
}

uint32_t clock_instructions(void)
{
    uint32_t before, now;
    do { before = overflows; now = CVR; } while (before != overflows);
    return INSTRUCTIONS(before * 0x1000000u + (0xFFFFFF - now));
}

/* Bytes of stack that a call uses, from a pattern below the stack pointer. */
uint32_t stack_of(void (*call)(void))
{
    uint32_t *top = (uint32_t *)__builtin_frame_address(0) - 16, *p;
    for (p = top - 2048; p < top; p++) *(volatile uint32_t *)p = 0xA5A5A5A5u;
    call();
    for (p = top - 2048; p < top && *(volatile uint32_t *)p == 0xA5A5A5A5u; p++) { }
    return (uint32_t)((char *)top - (char *)p);
}

void reset(void)
{
    uint32_t *from = &data_load, *to;
#ifdef __ARM_FEATURE_MVE
    *(volatile uint32_t *)0xE000ED88 |= 0xFu << 20; /* vector instructions on */
    __asm__ volatile("dsb\n\tisb");
#endif
    for (to = &data_start; to < &data_end;) *to++ = *from++;
    for (to = &bss_start; to < &bss_end;) *to++ = 0;
    quit((uint32_t)main());
}
